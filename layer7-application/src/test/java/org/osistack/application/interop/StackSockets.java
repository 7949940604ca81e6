package org.osistack.application.interop;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import javax.net.ServerSocketFactory;
import javax.net.SocketFactory;
import org.osistack.application.facade.Connection;
import org.osistack.application.facade.Listener;
import org.osistack.application.facade.OpenSystem;

/** Sockets of the Java platform's kind over our own TCP, so that a program written for sockets speaks through it. */
final class StackSockets {
    private StackSockets() {}

    /** Opens connections from this system. */
    static SocketFactory clientsOf(OpenSystem system) {
        return new SocketFactory() {
            @Override
            public Socket createSocket(InetAddress address, int port) throws IOException {
                return new StackSocket(system.connect(address.getHostAddress(), port));
            }

            @Override
            public Socket createSocket(InetAddress address, int port, InetAddress local, int localPort)
                    throws IOException {
                return createSocket(address, port);
            }

            @Override
            public Socket createSocket(String host, int port) throws IOException {
                return new StackSocket(system.connect(host, port));
            }

            @Override
            public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
                return createSocket(host, port);
            }
        };
    }

    /** Listens on this system. */
    static ServerSocketFactory serversOf(OpenSystem system) {
        return new ServerSocketFactory() {
            @Override
            public ServerSocket createServerSocket(int port) throws IOException {
                return new StackServerSocket(system.listen(port));
            }

            @Override
            public ServerSocket createServerSocket(int port, int backlog) throws IOException {
                return createServerSocket(port);
            }

            @Override
            public ServerSocket createServerSocket(int port, int backlog, InetAddress local) throws IOException {
                return createServerSocket(port);
            }
        };
    }

    private static final class StackSocket extends Socket {
        private final Connection connection;

        StackSocket(Connection connection) {
            this.connection = connection;
        }

        @Override
        public InputStream getInputStream() {
            return connection.input();
        }

        @Override
        public OutputStream getOutputStream() {
            return connection.output();
        }

        @Override
        public void setSoTimeout(int milliseconds) {
            connection.receiveLimit(Duration.ofMillis(milliseconds));
        }

        @Override
        public void close() {
            connection.close();
        }
    }

    private static final class StackServerSocket extends ServerSocket {
        private final Listener listener;

        StackServerSocket(Listener listener) throws IOException {
            this.listener = listener;
        }

        @Override
        public boolean isBound() {
            return true;
        }

        @Override
        public Socket accept() throws IOException {
            return new StackSocket(listener.accept());
        }

        @Override
        public void close() throws IOException {
            listener.close();
            super.close();
        }
    }
}

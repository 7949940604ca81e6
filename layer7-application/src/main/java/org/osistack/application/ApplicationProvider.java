package org.osistack.application;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.osistack.core.ConfigurationException;
import org.osistack.core.Dissector;
import org.osistack.core.Host;
import org.osistack.core.Stack;
import org.osistack.core.StackSpec;
import org.osistack.presentation.PresentationService;

/** An application that {@code osi serve} can serve: found by {@link java.util.ServiceLoader}. */
public interface ApplicationProvider {
    /** What an application needs below. */
    enum Needs {
        /** Associations: any stack will do. */
        ASSOCIATIONS,
        /** The octets of TCP, or UDP's datagrams, as they are: layers 5 and 6 must be {@code none} and {@code plain}. */
        PLAIN
    }

    /** What a served application stands on. */
    interface Environment {
        Host host();

        /** For applications that need {@link Needs#ASSOCIATIONS}. */
        AssociationService associations();

        /** For applications that need {@link Needs#PLAIN}. */
        PresentationService presentation();

        /**
         * Open another column of upper layers beside the stack, for an application that stands on more than one service.
         * It shares each module with the stack up to the first that differs, and is closed with it.
         *
         * @param change turns a copy of the stack's description into the column's
         * @throws org.osistack.core.ConfigurationException if there cannot be such a column
         */
        default Stack column(UnaryOperator<StackSpec> change) {
            throw new ConfigurationException("there is no place for another column of layers here");
        }

        /** Takes lines for the person who runs the server. */
        Consumer<String> log();

        /**
         * Ask for the lines that the person who runs the server types.
         *
         * @param listener gets each on the host's thread
         */
        void onLine(Consumer<String> listener);

        /** The folder for what has to survive the process, which need not exist yet; null for nothing. */
        default Path stateFolder() {
            return null;
        }

        /** Do this on the host's thread when the host is closed. */
        default void onClose(Runnable closer) {}
    }

    /** The name by which the command line asks for it. */
    String name();

    /** What it is, in one line. */
    String description();

    /** The standards that it follows; empty if it is our own. */
    List<String> standards();

    /** What its argument stands for, such as {@code FOLDER}; empty if it takes none. */
    default String argument() {
        return "";
    }

    Needs needs();

    /** The application context of its associations; null if it has none. */
    default ApplicationContext context() {
        return null;
    }

    /**
     * Serve until the host's stack is closed. Called on the host's thread.
     *
     * @param argument null if none was given
     * @throws org.osistack.core.ConfigurationException if the argument is wrong
     */
    void serve(Environment environment, String argument);

    /** Make something that explains the application's APDUs. */
    default Dissector newDissector() {
        return Dissector.NONE;
    }
}

package org.osistack.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.entry;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StackSpecTest {
    @Test
    void readsAStackFromAFile(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("stack");
        Files.writeString(file, """
                # two modules in layer 4
                l1 virtual:lab,loss=1%,delay=5ms
                L2\tethernet   # as usual

                l4 tcp
                l4 tpkt
                """);

        List<StackSpec.Module> modules = StackSpec.read(file).modules();

        assertThat(modules)
                .extracting(m -> m.layer() + " " + m.name())
                .containsExactly("1 virtual", "2 ethernet", "4 tcp", "4 tpkt");
        assertThat(modules.get(0).options().main()).isEqualTo("lab");
        assertThat(modules.get(0).options().values()).containsExactly(entry("loss", "1%"), entry("delay", "5ms"));
    }

    @Test
    void aMainValueMayContainColons() {
        Options options = module("ipv6:fe80::1/64, gateway = fe80::2 ").options();

        assertThat(options.main()).isEqualTo("fe80::1/64");
        assertThat(options.values()).containsExactly(entry("gateway", "fe80::2"));
    }

    @Test
    void optionsMayBeginAtTheColon() {
        Options options = module("ethernet:mac=02:00:00:00:00:01,fcs=on").options();

        assertThat(options.main()).isNull();
        assertThat(options.values()).containsExactly(entry("mac", "02:00:00:00:00:01"), entry("fcs", "on"));
    }

    @Test
    void anEmptyMainValueIsNone() {
        assertThat(module("virtual:").options().main()).isNull();
        assertThat(module("virtual").options().main()).isNull();
    }

    @Test
    void setReplacesAndAddPutsOnTop() {
        StackSpec spec = StackSpec.of("virtual", "ethernet", "ipv4", "udp");

        spec.set(4, "tcp").add(4, "tpkt");

        assertThat(spec.layer(4)).extracting(StackSpec.Module::name).containsExactly("tcp", "tpkt");
        assertThat(spec.modules()).hasSize(5);
    }

    @Test
    void withChangesOneOptionOfTheTopmostModule() {
        StackSpec spec = new StackSpec().add(4, "tcp:x,a=1,b=2").add(4, "tpkt:y,a=1,b=2");

        spec.with(4, "a", "3").with(4, "c", "4");

        assertThat(spec.layer(4).get(0).options().values()).containsExactly(entry("a", "1"), entry("b", "2"));
        Options changed = spec.layer(4).get(1).options();
        assertThat(changed.main()).isEqualTo("y");
        assertThat(changed.values()).containsExactly(entry("a", "3"), entry("b", "2"), entry("c", "4"));
    }

    @Test
    void aCopyIsIndependent() {
        StackSpec spec = StackSpec.of("virtual");
        StackSpec copy = spec.copy().set(1, "loopback").add(2, "ethernet");

        assertThat(spec.modules()).extracting(StackSpec.Module::name).containsExactly("virtual");
        assertThat(copy.modules()).extracting(StackSpec.Module::name).containsExactly("loopback", "ethernet");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|layer 1:  is not of the form NAME[:VALUE][,key=value…]",
                ",|layer 1: , is not of the form NAME[:VALUE][,key=value…]",
                "Virtual|layer 1: Virtual is not of the form NAME[:VALUE][,key=value…]",
                "virtual,loss|virtual: loss is not of the form key=value",
                "virtual,=5|virtual: =5 is not of the form key=value",
                "virtual,|virtual:  is not of the form key=value",
                "virtual,loss=1%,loss=2%|virtual: loss is given twice",
            })
    void refusesWhatIsNoModule(String text, String message) {
        refuses(() -> module(text), message);
    }

    @Test
    void refusesLinesThatItDoesNotUnderstand(@TempDir Path folder) {
        refuses(
                () -> StackSpec.parse(List.of("l1 virtual", "l7 chat"), "my.stack"),
                "my.stack, line 2: expected l1 to l6 and a module, such as: l2 ethernet");
        refuses(
                () -> StackSpec.parse(List.of("l1"), "my.stack"),
                "my.stack, line 1: expected l1 to l6 and a module, such as: l2 ethernet");
        Path missing = folder.resolve("missing");
        refuses(() -> StackSpec.read(missing), "there is no file " + missing);
    }

    @Test
    void refusesLayersThatAStackHasNot() {
        refuses(() -> new StackSpec().set(7, "chat"), "a stack has layers 1 to 6, and no layer 7");
        refuses(() -> new StackSpec().layer(0), "a stack has layers 1 to 6, and no layer 0");
        refuses(() -> new StackSpec().with(3, "a", "1"), "layer 3 has no module that could take a=1");
    }

    private static StackSpec.Module module(String text) {
        return new StackSpec().set(1, text).layer(1).get(0);
    }

    private static void refuses(ThrowingCallable call, String message) {
        assertThatExceptionOfType(ConfigurationException.class).isThrownBy(call).withMessage(message);
    }
}

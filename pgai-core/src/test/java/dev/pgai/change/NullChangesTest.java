package dev.pgai.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pgai.InvalidArgumentException;
import dev.pgai.managed.ManagedObjects;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A list that is null, or has null in it, is refused by its name and the place in it. */
@SuppressWarnings("NullAway")
class NullChangesTest {

    static Stream<Arguments> lists() {
        VectorizerChange change = VectorizerChange.disable("v");
        return Stream.of(
                of("changes", () -> VectorizerChange.script(null)),
                of("changes[1]", () -> VectorizerChange.script(Arrays.asList(change, null))),
                of("around", () -> VectorizerChange.refreshView("v").around((String[]) null)),
                of("around[0]", () -> VectorizerChange.refreshView("v").around((String) null)),
                of("definitions", () -> ManagedObjects.declared(null)),
                of("definitions[0]", () -> ManagedObjects.declared(Collections.singletonList(null))),
                of("objects", () -> ManagedObjects.of(null)),
                of("objects[0]", () -> ManagedObjects.of(Collections.singletonList(null))));
    }

    private static Arguments of(String argument, ThrowingCallable call) {
        return Arguments.of(argument, call);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lists")
    void null_is_refused_by_its_place(String argument, ThrowingCallable call) {
        assertThatExceptionOfType(InvalidArgumentException.class)
                .isThrownBy(call)
                .satisfies(refused -> assertThat(List.of(refused.argument(), refused.hint()))
                        .startsWith(argument)
                        .doesNotContain(""));
    }
}

package io.junctor.router.config.yaml;

import io.junctor.router.config.RouterConfig;
import java.util.List;
import java.util.stream.Collectors;

/** Immutable. What came of reading a configuration file. */
public sealed interface Reading permits Reading.Accepted, Reading.Refused {

    /**
     * Immutable. The file is right.
     *
     * @param config what it says
     */
    record Accepted(RouterConfig config) implements Reading {}

    /**
     * Immutable. The file is wrong.
     *
     * @param mistakes all mistakes in the order of the file, at least one
     */
    record Refused(List<Mistake> mistakes) implements Reading {

        /** Copies the list. */
        public Refused {
            mistakes = List.copyOf(mistakes);
        }
    }

    /**
     * The configuration.
     *
     * @throws IllegalArgumentException if the file was refused; the message has a line for each mistake
     */
    default RouterConfig orThrow() {
        return switch (this) {
            case Accepted accepted -> accepted.config();
            case Refused refused ->
                throw new IllegalArgumentException(
                        refused.mistakes().stream().map(Mistake::toString).collect(Collectors.joining("\n")));
        };
    }
}

package io.junctor.conformance.snippets;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Immutable. A comment {@code <!-- kind: value -->} directly above a code block.
 *
 * @param kind what it says
 * @param value the text after the colon
 */
record Mark(Kind kind, String value) {

    /** What a mark says about its block. */
    enum Kind {
        /** The block is not run, for the reason given. */
        NOT_RUN,
        /** The block is compiled but not run, for the reason given. */
        COMPILED_ONLY,
        /** The lines that the block prints, separated by {@code |}; {@code ...} stands for any text. */
        PRINTS,
        /** The block prints its output when its session ends. */
        PRINTS_AT_THE_END,
        /** Java code that readers do not see and that runs before the block. */
        BEFORE,
        /** The block ends with this error URI, or with this exit status. */
        FAILS,
        /**
         * The place of a fragment of a configuration: {@code the file}, {@code realms.NAME}, {@code
         * realms.NAME.auth.ticket} or {@code listen[]}.
         */
        PART_OF,
        /** The rest of a configuration, which readers do not see. */
        REST,
        /** The name of the file that the other blocks of its section find with this content. */
        FILE,
        /** The command runs until it has printed its lines, and is then stopped by SIGTERM. */
        RUNS_UNTIL_STOPPED,
        /** A router with the {@code realms.yaml} of the section runs beside the commands. */
        WITH_A_ROUTER;

        static Kind of(String words) {
            String name = words.strip().toUpperCase(Locale.ROOT).replace(' ', '_');
            return Stream.of(values())
                    .filter(kind -> kind.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no mark is named '" + words + "'; there are "
                            + Stream.of(values())
                                    .map(kind ->
                                            kind.name().toLowerCase(Locale.ROOT).replace('_', ' '))
                                    .collect(Collectors.joining(", "))));
        }
    }

    static Mark of(String comment) {
        int colon = comment.indexOf(':');
        return colon < 0
                ? new Mark(Kind.of(comment), "")
                : new Mark(
                        Kind.of(comment.substring(0, colon)),
                        comment.substring(colon + 1).strip());
    }

    static List<String> lines(String value) {
        return Arrays.stream(value.split("\\|")).map(String::strip).toList();
    }
}

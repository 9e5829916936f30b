package io.junctor.conformance.snippets;

import java.util.List;
import java.util.Optional;

/**
 * Immutable. A code block of a page.
 *
 * @param page the page
 * @param line the line of the fence, counted from 1
 * @param section the text of the heading above it
 * @param language the word after the fence
 * @param text the lines between the fences
 * @param marks the comments directly above the fence, which say how the block is run
 * @param output the lines of a {@code text} block that follows: what the block prints
 */
record Snippet(
        Page page, int line, String section, String language, String text, List<Mark> marks, List<String> output) {

    /** The place of the block, as in the output of a compiler. */
    String place() {
        return page.name() + ":" + line;
    }

    /** The value of the first mark of this kind. */
    Optional<String> mark(Mark.Kind kind) {
        return marks.stream()
                .filter(mark -> mark.kind() == kind)
                .map(Mark::value)
                .findFirst();
    }

    boolean has(Mark.Kind kind) {
        return mark(kind).isPresent();
    }

    /** The lines that the block prints: those of the {@code text} block below it and those of its mark. */
    List<String> prints() {
        if (has(Mark.Kind.PRINTS_AT_THE_END)) {
            return List.of();
        }
        return output.isEmpty() ? mark(Mark.Kind.PRINTS).map(Mark::lines).orElse(List.of()) : output;
    }

    /** The lines that the block prints when its session ends. */
    List<String> printsAtTheEnd() {
        return has(Mark.Kind.PRINTS_AT_THE_END) ? output : List.of();
    }

    @Override
    public String toString() {
        return place();
    }
}

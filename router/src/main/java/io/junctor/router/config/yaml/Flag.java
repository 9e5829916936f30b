package io.junctor.router.config.yaml;

import org.jspecify.annotations.Nullable;

/** Yes or no. Immutable. */
record Flag() implements Scalar<Boolean> {

    @Override
    public String expected() {
        return "true or false";
    }

    @Override
    public @Nullable Boolean parse(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> null;
        };
    }
}

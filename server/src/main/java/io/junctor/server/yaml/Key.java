package io.junctor.server.yaml;

import org.jspecify.annotations.Nullable;

/**
 * A key of a section.
 *
 * @param <T> the Java type of its value
 * @param name the key in the file
 * @param type the type of its value
 * @param isRequired true if the section needs the key
 * @param defaultValue the value if the key is absent; null for required and optional keys
 */
record Key<T>(
        String name,
        ValueType<T> type,
        boolean isRequired,
        @Nullable T defaultValue) {}

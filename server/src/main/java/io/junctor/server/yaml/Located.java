package io.junctor.server.yaml;

/**
 * A value with its position. Two are equal only at one position.
 *
 * @param <T> the type of the value
 * @param value the value
 * @param node its position
 */
record Located<T>(T value, YamlNode node) {}

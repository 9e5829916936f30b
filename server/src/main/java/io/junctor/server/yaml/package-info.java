/**
 * Reads {@code realms.yaml}: {@link io.junctor.server.yaml.ConfigFile} returns a configuration or all its errors.
 *
 * <p>Each section of the file is a table of keys ({@code SectionType}); reading, defaults, error texts and the JSON Schema
 * follow from the table. Depends on the configuration records and on snakeyaml-engine. A document is confined to the
 * thread that reads it.
 */
@NullMarked
package io.junctor.server.yaml;

import org.jspecify.annotations.NullMarked;

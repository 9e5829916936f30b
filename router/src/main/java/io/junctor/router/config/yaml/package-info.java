/**
 * Reads {@code realms.yaml}: {@link io.junctor.router.config.yaml.ConfigFile} gives a configuration or every mistake.
 *
 * <p>Depends on {@code config} and, alone in the router, on snakeyaml-engine. A reading belongs to the thread that calls;
 * nothing is shared between readings.
 */
@NullMarked
package io.junctor.router.config.yaml;

import org.jspecify.annotations.NullMarked;

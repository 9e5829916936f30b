/**
 * {@code junctor migrate}: converts the configuration of another router into {@code realms.yaml}. {@link
 * io.junctor.cli.migrate.SourceNode} reads the source and notes all keys that were not read, so nothing is left out silently. Confined to
 * one thread.
 */
@NullMarked
package io.junctor.cli.migrate;

import org.jspecify.annotations.NullMarked;

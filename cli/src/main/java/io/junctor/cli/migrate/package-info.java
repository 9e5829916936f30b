/**
 * {@code junctor migrate}: writes {@code realms.yaml} for the configuration of another router. {@link
 * io.junctor.cli.migrate.SourceNode} reads it and notes what was not read, so nothing is left out silently. For one thread.
 */
@NullMarked
package io.junctor.cli.migrate;

import org.jspecify.annotations.NullMarked;

/**
 * JSON on the command line: reads arguments, with the place of a mistake, and writes what arrived.
 *
 * <p>Depends on Jackson's core only. Each call is confined to its thread.
 */
@NullMarked
package io.junctor.cli.client.json;

import org.jspecify.annotations.NullMarked;

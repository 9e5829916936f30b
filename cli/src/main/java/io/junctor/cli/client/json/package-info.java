/**
 * JSON on the command line: parses arguments, reports the position of an error, and prints received values.
 *
 * <p>Depends on Jackson's core only. Each call is confined to its thread.
 */
@NullMarked
package io.junctor.cli.client.json;

import org.jspecify.annotations.NullMarked;

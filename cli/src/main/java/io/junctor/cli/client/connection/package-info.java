/**
 * The connection of a client command to a router: the settings of the command line, the environment and the contexts, the login, and the client
 * with these settings.
 *
 * <p>Uses {@code process}, the client library, and, as the only package of this module, the YAML parser. Confined to the main thread.
 */
@NullMarked
package io.junctor.cli.client.connection;

import org.jspecify.annotations.NullMarked;

/**
 * Listens on Unix domain sockets: makes and removes the file of a socket, and accepts connections with the accounts of
 * their programs.
 *
 * <p>Depends on {@code router.config} and {@code router.spi}. Its methods may block; I/O threads do not call them.
 */
@NullMarked
package io.junctor.server.unix;

import org.jspecify.annotations.NullMarked;

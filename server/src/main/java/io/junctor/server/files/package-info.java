/**
 * Serves the files of a directory to browsers.
 *
 * <p>Depends on {@code server.connector} and Jetty. Files are read on virtual threads of this package, because disks
 * block; responses are written by Jetty's threads {@code io-n}.
 */
@NullMarked
package io.junctor.server.files;

import org.jspecify.annotations.NullMarked;

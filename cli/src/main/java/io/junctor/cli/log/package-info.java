/**
 * The log of the process on standard error, as text or JSON, and the file of the audit log.
 *
 * <p>Depends on Logback and on the router's configuration and operators' procedures. The Javadoc of each type names the threads that may
 * use it.
 */
@NullMarked
package io.junctor.cli.log;

import org.jspecify.annotations.NullMarked;

package io.junctor.router.spi;

/**
 * The account of the program at the other end of a Unix domain socket, as the operating system reports it ({@code SO_PEERCRED}).
 *
 * @param user the name of its user, or the number of a user without a name
 * @param group the name of its effective group, or the number of a group without a name; the other groups of the user
 *     are not known
 */
public record PeerCredentials(String user, String group) {}

package io.junctor.server.connector;

import org.eclipse.jetty.io.EndPoint;

/** An end point that is one of several on a socket, as a stream of HTTP/2 is. The socket stays open when it is closed. */
public interface SharedSocketEndPoint extends EndPoint, EndPoint.Wrapper {}

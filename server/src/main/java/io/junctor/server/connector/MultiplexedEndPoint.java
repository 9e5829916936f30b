package io.junctor.server.connector;

import org.eclipse.jetty.io.EndPoint;

/** An end point that shares its socket with others, such as a stream of HTTP/2. Closing it leaves the socket open. */
public interface MultiplexedEndPoint extends EndPoint, EndPoint.Wrapper {}

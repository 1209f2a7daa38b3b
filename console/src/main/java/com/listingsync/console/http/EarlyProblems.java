package com.listingsync.console.http;

import java.nio.ByteBuffer;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** The answer to what is no request that could be handed on: bad syntax, headers too long. Stateless. */
final class EarlyProblems implements Request.Handler {

    private static final int FIRST_ERROR = 400;

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        int given = request.getAttribute(ErrorHandler.ERROR_STATUS) instanceof Integer status
                ? status
                : response.getStatus();
        int status = given < FIRST_ERROR ? FIRST_ERROR : given;
        Reply.Whole reply = Problem.of(
                        status,
                        "this is no HTTP request that can be read: its address, its headers or its body are malformed")
                .reply();
        response.setStatus(status);
        SecurityHeaders.forApi().forEach(response.getHeaders()::put);
        reply.headers().forEach(response.getHeaders()::put);
        response.write(true, ByteBuffer.wrap(reply.body()), callback);
        return true;
    }
}

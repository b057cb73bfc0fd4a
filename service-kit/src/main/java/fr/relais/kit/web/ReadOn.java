package fr.relais.kit.web;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.LastHttpContent;
import reactor.netty.NettyPipeline;

/**
 * Has a connection read again after each answer. Reactor Netty reads on demand, and up to its version 1.3.7 demands nothing
 * more where a request came before the one before it was quite through, waited in its queue and was answered at once, as
 * by 401: the connection stays open and whatever comes next on it is never read (reactor-netty issue 4361). A read too many
 * does no harm, it puts the next request into that queue. Can go with version 1.3.8.
 */
final class ReadOn extends ChannelOutboundHandlerAdapter {

    /** Adds it where a connection speaks HTTP/1.1. */
    static void to(Channel connection) {
        ChannelPipeline pipeline = connection.pipeline();
        if (pipeline.get(NettyPipeline.HttpTrafficHandler) != null) {
            pipeline.addBefore(NettyPipeline.HttpTrafficHandler, "relais.read-on", new ReadOn());
        }
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        context.write(message, promise);
        if (message instanceof LastHttpContent) {
            // After what Reactor Netty itself does at the end of an answer.
            context.executor().execute(() -> {
                if (context.channel().isActive() && !context.isRemoved()) {
                    context.read();
                }
            });
        }
    }
}

package fr.relais.kit.web;

import fr.relais.kit.time.RelaisClock;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.netty.handler.timeout.WriteTimeoutHandler;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.reactive.config.BlockingExecutionConfigurer;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import org.springframework.web.reactive.result.method.annotation.ArgumentResolverConfigurer;

/** Controllers as plain methods on virtual threads, with their arguments, bounded in number. */
@AutoConfiguration(afterName = {"fr.relais.kit.time.TimeConfiguration", "fr.relais.kit.access.AccessConfiguration"})
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@EnableConfigurationProperties(WebProperties.class)
class WebKitConfiguration {

    @Bean
    Traces traces() {
        return new Traces();
    }

    @Bean
    Errors errors() {
        return new Errors();
    }

    @Bean
    Concurrency concurrency(WebProperties properties) {
        return new Concurrency(properties);
    }

    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    Draining draining(WebProperties properties) {
        return new Draining(properties.drain());
    }

    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    WebFluxConfigurer controllersOnBoundedThreads(
            Concurrency concurrency, RelaisClock clock, WebProperties properties) {
        Arguments arguments = new Arguments(clock, properties);
        return new WebFluxConfigurer() {
            @Override
            public void configureBlockingExecution(BlockingExecutionConfigurer blocking) {
                blocking.setExecutor(concurrency);
            }

            @Override
            public void configureArgumentResolvers(ArgumentResolverConfigurer resolvers) {
                resolvers.addCustomResolver(arguments);
            }
        };
    }

    /** Without it, a client that has stopped reading would hold its connection and what waits in it for ever. */
    @Bean
    WebServerFactoryCustomizer<NettyReactiveWebServerFactory> slowClientsAreCutOff(WebProperties properties) {
        return factory ->
                factory.addServerCustomizers(server -> server.doOnConnection(connection -> connection.addHandlerLast(
                        new WriteTimeoutHandler(properties.writeTimeout().toMillis(), TimeUnit.MILLISECONDS))));
    }

    @Bean
    WebServerFactoryCustomizer<NettyReactiveWebServerFactory> connectionsAreReadOn() {
        return factory -> factory.addServerCustomizers(
                server -> server.doOnChannelInit((observer, channel, address) -> ReadOn.to(channel)));
    }

    @Bean
    MeterBinder webMeters(Concurrency concurrency) {
        return registry -> Gauge.builder("relais.web.requests", concurrency, Concurrency::inside)
                .description("requests that run or wait for their turn")
                .register(registry);
    }
}

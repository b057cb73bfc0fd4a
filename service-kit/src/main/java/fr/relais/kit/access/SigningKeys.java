package fr.relais.kit.access;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jwt.SignedJWT;
import java.util.function.Function;
import reactor.core.publisher.Flux;

/** The public keys with which a token may have been signed. */
interface SigningKeys extends Function<SignedJWT, Flux<JWK>> {}

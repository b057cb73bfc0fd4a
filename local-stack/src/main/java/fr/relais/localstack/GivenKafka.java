package fr.relais.localstack;

import java.util.Optional;

/** A Kafka that somebody else runs. */
record GivenKafka(String bootstrapServers) implements LocalKafka {

    static GivenKafka at(String bootstrapServers) {
        KafkaReadiness.await(bootstrapServers, () -> null, "the Kafka of RELAIS_KAFKA (" + bootstrapServers + ")");
        return new GivenKafka(bootstrapServers);
    }

    @Override
    public String description() {
        return "Kafka of RELAIS_KAFKA at " + bootstrapServers;
    }

    @Override
    public Optional<ChildProcess> process() {
        return Optional.empty();
    }

    @Override
    public void stop() {
        throw notOurs();
    }

    @Override
    public void kill() {
        throw notOurs();
    }

    @Override
    public void restart() {
        throw notOurs();
    }

    @Override
    public void close() {}

    private static UnsupportedOperationException notOurs() {
        return new UnsupportedOperationException(
                "The Kafka of RELAIS_KAFKA is not ours to stop. Unset RELAIS_KAFKA to use a child process.");
    }
}

package fr.relais.kit.view;

import fr.relais.kit.failure.MachineFailure;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;

/**
 * The ids that Kafka gave to topics, asked once: they tell a topic from one of the same name that was made before it.
 * Services are stopped while a topic is made anew.
 */
final class TopicIds {

    private final Supplier<Admin> admin;
    private final Map<String, String> ids = new ConcurrentHashMap<>();

    TopicIds(Supplier<Admin> admin) {
        this.admin = admin;
    }

    String of(String topic) {
        String known = ids.get(topic);
        if (known != null) {
            return known;
        }
        try (Admin kafka = admin.get()) {
            TopicDescription described = kafka.describeTopics(List.of(topic))
                    .allTopicNames()
                    .get(10, TimeUnit.SECONDS)
                    .get(topic);
            String id = Objects.requireNonNull(described).topicId().toString();
            ids.put(topic, id);
            return id;
        } catch (ExecutionException | TimeoutException e) {
            throw new MachineFailure("Kafka does not say which topic " + topic + " is", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MachineFailure("stopped while asking which topic " + topic + " is", e);
        }
    }
}

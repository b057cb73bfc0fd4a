package fr.relais.kit.kafka;

import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;

/** Where admin clients come from; whoever asks for one closes it. */
public record KafkaAdmins(Supplier<Admin> each) {}

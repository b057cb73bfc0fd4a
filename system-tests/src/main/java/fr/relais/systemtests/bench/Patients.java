package fr.relais.systemtests.bench;

import fr.relais.localstack.frontdoor.Mllp;
import fr.relais.localstack.frontdoor.Stay;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Patients whom a hospital has told of, and whose stay is long over: a pathway of theirs is started by hand. */
final class Patients {

    static final String HOSPITAL = "990000044";

    private static final int CONNECTIONS = 8;
    private static final Duration LONG_AGO = Duration.ofDays(20);

    private Patients() {}

    static String ipp(int number) {
        return "B" + number;
    }

    static Stay stay(int number) {
        return new Stay(
                HOSPITAL,
                ipp(number),
                "BV" + number,
                "MESURE",
                "P" + (char) ('A' + number % 26),
                "19450601",
                "F",
                ins(number));
    }

    private static String ins(int number) {
        String thirteen = "24506%02d%03d%03d".formatted(23, number / 1000 % 1000, number % 1000);
        return thirteen + "%02d".formatted(97 - Long.parseLong(thirteen) % 97);
    }

    /** Sends a stay of each that ended long ago, and returns how many messages a second were taken. */
    static double send(int from, int upTo, int port) {
        long begun = System.nanoTime();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            for (int c = 0; c < CONNECTIONS; c++) {
                int first = from + c;
                all.add(threads.submit(() -> sendEach(first, upTo, port)));
            }
            for (Future<?> each : all) {
                each.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the patients could not be sent", e.getCause());
        }
        return (upTo - from) / ((System.nanoTime() - begun) / 1e9);
    }

    private static void sendEach(int first, int upTo, int port) {
        try (Mllp hospital = Mllp.connect(port)) {
            for (int number = first; number < upTo; number += CONNECTIONS) {
                String taken =
                        hospital.send(stay(number).discharged(Instant.now().minus(LONG_AGO), "8"));
                if (!taken.equals("AA")) {
                    throw new IllegalStateException("a message was answered " + taken);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

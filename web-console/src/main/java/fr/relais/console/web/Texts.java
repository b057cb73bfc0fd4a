package fr.relais.console.web;

import fr.relais.console.api.Names;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Words for codes and times, in the reader's language and time zone. */
@Component
class Texts {

    static final ZoneId PARIS = ZoneId.of("Europe/Paris");

    private final MessageSource messages;
    private final InstantSource time;

    Texts(MessageSource messages, InstantSource time) {
        this.messages = messages;
        this.time = time;
    }

    /** These texts, for one reader. */
    Reader in(Locale language) {
        return new Reader(language, time.instant());
    }

    /** The texts of one page: one language, one now. */
    final class Reader {

        private final Locale language;
        private final Instant now;

        private Reader(Locale language, Instant now) {
            this.language = language;
            this.now = now;
        }

        Instant now() {
            return now;
        }

        Locale language() {
            return language;
        }

        /** The day it is, in Europe/Paris. */
        LocalDate today() {
            return dayOf(now);
        }

        /** The day of an instant, in Europe/Paris. */
        LocalDate dayOf(Instant instant) {
            return instant.atZone(PARIS).toLocalDate();
        }

        String text(String key, Object... values) {
            return messages.getMessage(key, values, language);
        }

        /** The word for a code; the code itself where this build has no word for it. */
        String code(String kind, @Nullable String code) {
            if (code == null || code.isBlank()) {
                return "";
            }
            String word = messages.getMessage(kind + "." + code, null, null, language);
            return word == null ? code : word;
        }

        /** The word for a key, or what stands instead where this build has none. */
        String word(String key, String instead) {
            String word = messages.getMessage(key, null, null, language);
            return word == null ? instead : word;
        }

        String codes(String kind, List<String> codes) {
            return codes.stream().map(code -> code(kind, code)).collect(Collectors.joining(", "));
        }

        /** A commune by its name; by its code where nobody loaded it. */
        String place(String code, Map<String, String> called) {
            String name = called.getOrDefault(Names.commune(code), code);
            return name.equals(code) ? text("commune", code) : name;
        }

        /** What happened, in words; its type where this build has no words for it. */
        String event(String type, String step, String who) {
            String words = messages.getMessage("event." + type, new Object[] {step, who}, null, language);
            return words == null ? type : words;
        }

        String number(long number) {
            return java.text.NumberFormat.getIntegerInstance(language).format(number);
        }

        String date(LocalDate day) {
            return DateTimeFormatter.ofPattern(text("time.date"), language).format(day);
        }

        /** A time that is there. */
        When at(Instant instant) {
            return Objects.requireNonNull(when(instant));
        }

        @Nullable
        When when(@Nullable Instant instant) {
            if (instant == null) {
                return null;
            }
            ZonedDateTime there = instant.atZone(PARIS);
            return new When(
                    words(instant, there),
                    DateTimeFormatter.ofPattern(text("time.exact"), language).format(there),
                    DateTimeFormatter.ofPattern(text("time.clock"), language).format(there),
                    instant.truncatedTo(ChronoUnit.SECONDS).toString(),
                    instant.isBefore(now));
        }

        private String words(Instant instant, ZonedDateTime there) {
            Duration distance = Duration.between(now, instant);
            // "In 35 minutes" also a few seconds later.
            Duration length = distance.abs().plusSeconds(30).truncatedTo(ChronoUnit.MINUTES);
            if (length.compareTo(Duration.ofMinutes(1)) < 0) {
                return text("time.now");
            }
            String direction = distance.isNegative() ? "time.ago" : "time.in";
            if (length.compareTo(Duration.ofHours(1)) < 0) {
                return text(direction, text("time.minutes", length.toMinutes()));
            }
            if (length.compareTo(Duration.ofHours(6)) < 0) {
                long minutes = length.toMinutesPart();
                return text(
                        direction,
                        minutes == 0
                                ? text("time.hours", length.toHours())
                                : text("time.hours-minutes", length.toHours(), minutes < 10 ? "0" + minutes : minutes));
            }
            LocalDate today = now.atZone(PARIS).toLocalDate();
            long days = ChronoUnit.DAYS.between(today, there.toLocalDate());
            String clock =
                    DateTimeFormatter.ofPattern(text("time.clock"), language).format(there);
            if (days == 0) {
                return text("time.today", clock);
            }
            if (days == 1) {
                return text("time.tomorrow", clock);
            }
            if (days == -1) {
                return text("time.yesterday", clock);
            }
            if (days > 0 && days < 7) {
                return text(
                        "time.weekday",
                        DateTimeFormatter.ofPattern("EEEE", language).format(there),
                        clock);
            }
            return text(
                    "time.weekday",
                    DateTimeFormatter.ofPattern(text("time.day"), language).format(there),
                    clock);
        }

        String day(LocalDate day) {
            String words =
                    DateTimeFormatter.ofPattern(text("time.long-day"), language).format(day);
            // The first of a month is an ordinal in French, and it alone.
            return language.getLanguage().equals("fr") ? words.replaceFirst(" 1 ", " 1er ") : words;
        }
    }

    /**
     * A time as people read it.
     *
     * @param words "dans 2 h"
     * @param exact "lundi 23 novembre 2026 à 14:00"
     * @param clock "14:00"
     * @param iso for machines
     */
    record When(String words, String exact, String clock, String iso, boolean past) {}
}

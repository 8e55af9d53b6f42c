package io.imaas.model.tenancy;

import io.imaas.model.failure.FailureException;
import java.io.Serializable;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Hours that come again every week, by the clock on the wall: on the days that clocks are changed, too.
 *
 * @param days on which it begins
 * @param from minute of the day
 * @param to minute of the day, exclusive; when it is not after {@code from}, of the next day
 * @param text as it was written
 */
public record Window(Set<DayOfWeek> days, int from, int to, ZoneId zone, String text) implements Serializable {
    private static final String FIX = "write days and hours, such as \"Mon-Thu 09:00-16:00\" or \"Sat,Sun\"";
    private static final String TIME = "([01]\\d|2[0-4]):([0-5]\\d)";
    private static final Pattern FORM = Pattern.compile("(\\S+)(?:\\s+" + TIME + "-" + TIME + ")?");
    private static final List<String> NAMES = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");
    private static final int HOUR = 60;
    private static final int DAY = 24 * HOUR;

    public Window {
        days = Set.copyOf(days);
    }

    /**
     * Reads {@code Mon-Thu 09:00-16:00}, {@code Fri,Sat 22:00-06:00}, {@code daily 12:00-13:00} or {@code Sun}.
     *
     * @throws FailureException INPUT when it is none of these
     */
    public static Window parse(String text, ZoneId zone) {
        Matcher form = FORM.matcher(text.strip());
        if (!form.matches()) {
            throw FailureException.input("'" + text + "' is not a window", FIX);
        }
        int from = form.group(2) == null ? 0 : minute(form, 2, text);
        int to = form.group(2) == null ? DAY : minute(form, 4, text);
        if (from == DAY || from == to) {
            throw FailureException.input("the window '" + text + "' has no length", FIX);
        }
        return new Window(days(form.group(1).toLowerCase(Locale.ROOT), text), from, to, zone, text.strip());
    }

    private static int minute(Matcher form, int group, String text) {
        int minute = Integer.parseInt(form.group(group)) * HOUR + Integer.parseInt(form.group(group + 1));
        if (minute > DAY) {
            throw FailureException.input("the day of '" + text + "' ends at 24:00", FIX);
        }
        return minute;
    }

    private static Set<DayOfWeek> days(String words, String text) {
        if (words.equals("daily")) {
            return EnumSet.allOf(DayOfWeek.class);
        }
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        for (String word : words.split(",", -1)) {
            String[] ends = word.split("-", -1);
            int first = NAMES.indexOf(ends[0]);
            int last = NAMES.indexOf(ends[ends.length - 1]);
            if (first < 0 || last < 0 || ends.length > 2) {
                throw FailureException.input("'" + word + "' in '" + text + "' is not a day", FIX);
            }
            for (int day = first; ; day = (day + 1) % NAMES.size()) {
                days.add(DayOfWeek.of(day + 1));
                if (day == last) {
                    break;
                }
            }
        }
        return days;
    }

    public boolean covers(Instant moment) {
        ZonedDateTime there = moment.atZone(zone);
        int minute = there.getHour() * HOUR + there.getMinute();
        DayOfWeek today = there.getDayOfWeek();
        return from < to
                ? days.contains(today) && minute >= from && minute < to
                : (days.contains(today) && minute >= from) || (days.contains(today.minus(1)) && minute < to);
    }

    /** All moments within some days at which it may begin or end, and those at which clocks are changed. */
    Stream<Instant> turns(Instant after, int within) {
        Set<Instant> turns = new TreeSet<>();
        LocalDate first = after.atZone(zone).toLocalDate().minusDays(1);
        for (int day = 0; day <= within; day++) {
            for (int minute : new int[] {from, to}) {
                ZonedDateTime turn = first.plusDays(day + (long) (minute / DAY))
                        .atTime(LocalTime.ofSecondOfDay(minute % DAY * (long) HOUR))
                        .atZone(zone);
                // An hour that comes twice begins twice.
                turns.add(turn.withEarlierOffsetAtOverlap().toInstant());
                turns.add(turn.withLaterOffsetAtOverlap().toInstant());
            }
        }
        // Of an hour that is left out on that day, what is left begins when the clocks are changed.
        Stream.iterate(zone.getRules().nextTransition(after), java.util.Objects::nonNull, last -> zone.getRules()
                        .nextTransition(last.getInstant()))
                .limit(2)
                .forEach(change -> turns.add(change.getInstant()));
        return turns.stream().filter(turn -> turn.isAfter(after));
    }
}

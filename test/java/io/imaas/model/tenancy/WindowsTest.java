package io.imaas.model.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaas.model.failure.FailureException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WindowsTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private static Windows.Rule allow(String... windows) {
        return new Windows.Rule(
                Stream.of(windows).map(text -> Window.parse(text, BERLIN)).toList(), List.of());
    }

    private static Windows windows(Windows.Rule... rules) {
        return new Windows(List.of(rules), false);
    }

    private static Instant berlin(String time) {
        return LocalDateTime.parse(time).atZone(BERLIN).toInstant();
    }

    @Test
    void aWindowIsOpenFromItsFirstMinuteAndClosedFromItsLast() {
        Windows week = windows(allow("Mon-Thu 09:00-16:00"));

        // 2026-11-26 is a Thursday.
        assertThat(week.open(berlin("2026-11-26T08:59:59"))).isFalse();
        assertThat(week.open(berlin("2026-11-26T09:00"))).isTrue();
        assertThat(week.open(berlin("2026-11-26T15:59:59"))).isTrue();
        assertThat(week.open(berlin("2026-11-26T16:00"))).isFalse();
        assertThat(week.opening(berlin("2026-11-26T16:00"))).contains(berlin("2026-11-30T09:00"));
        assertThat(week.why(berlin("2026-11-27T10:00"))).isEqualTo("only Mon-Thu 09:00-16:00 (Europe/Berlin)");
    }

    @Test
    void whatIsDeniedIsClosedWhateverIsAllowedAndBothFilesMustAllowIt() {
        Windows platform = windows(new Windows.Rule(List.of(), List.of(Window.parse("Fri 12:00-24:00", BERLIN))));
        Windows both = platform.and(windows(allow("Mon-Fri 08:00-18:00", "Sun")));

        assertThat(both.open(berlin("2026-11-27T11:00"))).isTrue();
        assertThat(both.open(berlin("2026-11-27T13:00"))).isFalse();
        assertThat(both.why(berlin("2026-11-27T13:00"))).isEqualTo("never Fri 12:00-24:00 (Europe/Berlin)");
        assertThat(both.opening(berlin("2026-11-27T13:00"))).contains(berlin("2026-11-29T00:00"));
        assertThat(windows(allow("Mon 08:00-09:00"), allow("Tue 08:00-09:00")).opening(berlin("2026-11-27T13:00")))
                .isEmpty();
    }

    @Test
    void aNightGoesOnTheNextDayAndAWeekGoesRound() {
        Windows night = windows(allow("Fri-Mon 22:00-06:00"));

        assertThat(night.open(berlin("2026-11-27T23:00"))).isTrue();
        assertThat(night.open(berlin("2026-12-01T05:59"))).isTrue();
        assertThat(night.open(berlin("2026-12-01T23:00"))).isFalse();
        assertThat(night.opening(berlin("2026-12-01T06:00"))).contains(berlin("2026-12-04T22:00"));
    }

    /** On 2027-03-28 the clocks in Berlin go from 02:00 to 03:00. */
    @Test
    void ofAnHourThatIsLeftOutInSpringWhatIsLeftIsOpen() {
        assertThat(windows(allow("Sun 02:30-05:00")).opening(berlin("2027-03-28T01:00")))
                .contains(Instant.parse("2027-03-28T01:00:00Z"));
        assertThat(windows(allow("Sun 02:00-03:00")).opening(berlin("2027-03-28T01:00")))
                .contains(berlin("2027-04-04T02:00"));
        assertThat(windows(allow("Sun 09:00-16:00")).opening(berlin("2027-03-28T01:00")))
                .contains(Instant.parse("2027-03-28T07:00:00Z"));
    }

    /** On 2026-10-25 the clocks in Berlin go from 03:00 back to 02:00: 02:30 is at 00:30 UTC and at 01:30 UTC. */
    @Test
    void anHourThatComesTwiceInAutumnIsOpenTwice() {
        Windows hour = windows(allow("Sun 02:00-02:30"));

        assertThat(hour.open(Instant.parse("2026-10-25T00:15:00Z"))).isTrue();
        assertThat(hour.open(Instant.parse("2026-10-25T00:45:00Z"))).isFalse();
        assertThat(hour.opening(Instant.parse("2026-10-25T00:45:00Z"))).contains(Instant.parse("2026-10-25T01:00:00Z"));
        assertThat(hour.open(Instant.parse("2026-10-25T01:15:00Z"))).isTrue();
        assertThat(windows(allow("Sun 09:00-16:00")).opening(Instant.parse("2026-10-25T00:45:00Z")))
                .contains(Instant.parse("2026-10-25T08:00:00Z"));
    }

    /** Zones whose clocks change by an hour, by half of one (Lord Howe) or by two (Troll), or lie off the hour. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Europe/Berlin",
                "America/New_York",
                "Africa/Casablanca",
                "Australia/Lord_Howe",
                "America/St_Johns",
                "Antarctica/Troll",
                "Asia/Kathmandu",
                "UTC"
            })
    void theNextOpeningIsTheFirstOpenMinuteOnDaysOfChangedClocksAndAtTheEndsOfMonths(String name) {
        ZoneId zone = ZoneId.of(name);
        List<Windows> all = Stream.of(
                        rule(zone, List.of("Sun 02:00-03:00"), List.of()),
                        rule(zone, List.of("Sun 01:45-02:15", "Mon 23:30-00:30"), List.of()),
                        rule(zone, List.of("daily 22:00-06:00"), List.of("Sun 02:10-02:50", "daily 23:00-24:00")),
                        rule(zone, List.of(), List.of("Sat,Sun", "Mon 00:00-00:20")))
                .map(WindowsTest::windows)
                .toList();
        List<Instant> starts = Stream.concat(
                        Stream.of("2027-02-28", "2028-02-29", "2027-12-31", "2027-04-30")
                                .map(day -> LocalDateTime.parse(day + "T22:30")
                                        .atZone(zone)
                                        .toInstant()),
                        Stream.iterate(Instant.parse("2027-01-01T00:00:00Z"), after -> transition(zone, after))
                                .skip(1)
                                .limit(2)
                                .map(change -> change.minusSeconds(3 * 60 * 60)))
                .toList();
        for (Windows windows : all) {
            for (Instant start : starts) {
                for (int minutes = 0; minutes < 6 * 60; minutes += 47) {
                    Instant moment = start.plusSeconds(minutes * 60L);
                    if (!windows.open(moment)) {
                        assertThat(windows.opening(moment))
                                .as("%s from %s in %s", windows.rules(), moment, name)
                                .contains(firstOpenMinute(windows, moment));
                    }
                }
            }
        }
    }

    private static Windows.Rule rule(ZoneId zone, List<String> allow, List<String> deny) {
        return new Windows.Rule(
                allow.stream().map(text -> Window.parse(text, zone)).toList(),
                deny.stream().map(text -> Window.parse(text, zone)).toList());
    }

    /** When clocks are changed next; where they never are, some day. */
    private static Instant transition(ZoneId zone, Instant after) {
        ZoneOffsetTransition next = zone.getRules().nextTransition(after);
        return next == null ? after.plus(Duration.ofDays(100)) : next.getInstant();
    }

    /** Every window here, and every change of clocks, is at a multiple of five minutes: from the first of them on only they are asked. */
    private static Instant firstOpenMinute(Windows windows, Instant closed) {
        return Stream.iterate(
                        closed.truncatedTo(ChronoUnit.MINUTES),
                        minute -> minute.plusSeconds(minute.getEpochSecond() % 300 == 0 ? 300 : 60))
                .filter(windows::open)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whatIsNoWindowIsSaid() {
        Stream.of(
                        "",
                        "Mon 9-16",
                        "Mon 25:00-26:00",
                        "Mon 24:30-24:45",
                        "Mon 09:00-09:00",
                        "Mo 09:00-10:00",
                        "Mon-Tue-Wed",
                        "Mon,,Tue",
                        "Mon 24:00-12:00")
                .forEach(wrong -> assertThatThrownBy(() -> Window.parse(wrong, BERLIN))
                        .as(wrong)
                        .isInstanceOf(FailureException.class));
    }
}

package io.imaas.adapter.argocd;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.imaas.model.tenancy.Window;
import io.imaas.model.tenancy.Windows;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowSpecsTest {
    private static final Duration QUARTER = Duration.ofMinutes(15);

    private static ArrayNode specs(Windows windows) {
        ArrayNode specs = JsonNodeFactory.instance.arrayNode();
        WindowSpecs.write(windows, "orders-prod", specs);
        return specs;
    }

    private static List<Window> all(String texts, ZoneId zone) {
        return Stream.of(texts.split(";"))
                .filter(text -> !text.isBlank())
                .map(text -> Window.parse(text, zone))
                .toList();
    }

    @Test
    void aWindowIsWrittenAsArgoCdHasIt() {
        ZoneId berlin = ZoneId.of("Europe/Berlin");
        Windows windows = new Windows(
                List.of(new Windows.Rule(all("Mon-Thu 09:00-16:00", berlin), all("Sun 22:30-06:00", berlin))), true);
        assertThat(specs(windows))
                .extracting(JsonNode::toString)
                .containsExactly(
                        "{\"kind\":\"allow\",\"schedule\":\"0 9 * * 1,2,3,4\",\"duration\":\"420m\","
                                + "\"timeZone\":\"Europe/Berlin\",\"manualSync\":true,\"namespaces\":[\"orders-prod\"]}",
                        "{\"kind\":\"deny\",\"schedule\":\"30 22 * * 0\",\"duration\":\"450m\","
                                + "\"timeZone\":\"Europe/Berlin\",\"manualSync\":true,\"namespaces\":[\"orders-prod\"]}");
    }

    /** Both weeks hold a day on which clocks are changed. */
    @ParameterizedTest
    @CsvSource({
        "'Mon-Thu 09:00-16:00', '', '', Europe/Berlin",
        "'daily 22:00-06:00;Sat', 'Sun 02:00-03:00', '', Europe/Berlin",
        "'Mon-Fri 08:00-18:00', 'Fri 12:00-24:00', 'Tue-Sat 06:30-10:15;Sun 23:00-02:30', America/New_York",
        "'Sun 22:00-04:00;Wed', 'daily 01:45-02:15', 'Sat-Mon', Europe/Berlin",
        "'daily 00:00-24:00', 'Mon 03:00-03:30', 'daily', Pacific/Auckland",
        "'', 'Fri 12:00-24:00', '', Europe/Berlin"
    })
    void argoCdSyncsByItselfExactlyWhenTheGateIsOpen(String allow, String deny, String tenants, String zone) {
        ZoneId there = ZoneId.of(zone);
        Windows windows = new Windows(
                List.of(
                        new Windows.Rule(all(allow, there), all(deny, there)),
                        new Windows.Rule(all(tenants, there), List.of())),
                true);
        ArrayNode specs = specs(windows);
        for (String monday : List.of("2026-03-23T00:00:00Z", "2026-10-19T00:00:00Z")) {
            Instant start = Instant.parse(monday);
            for (int i = 0; i < 14 * 96; i++) {
                Instant moment = start.plus(QUARTER.multipliedBy(i)).plusSeconds(60);
                assertThat(canSync(specs, moment)).as("%s %s", moment, specs).isEqualTo(windows.open(moment));
            }
        }
    }

    /** As Argo CD decides it: schedules and durations are reckoned on the wall clock of now. */
    private static boolean canSync(ArrayNode specs, Instant now) {
        boolean denied = false;
        boolean allows = false;
        boolean allowed = false;
        for (JsonNode spec : specs) {
            boolean active = isActive(
                    spec, now.atZone(ZoneId.of(spec.path("timeZone").asText())).toLocalDateTime());
            boolean allow = spec.path("kind").asText().equals("allow");
            denied |= !allow && active;
            allows |= allow;
            allowed |= allow && active;
        }
        return !denied && (!allows || allowed);
    }

    private static boolean isActive(JsonNode spec, LocalDateTime wall) {
        String[] cron = spec.path("schedule").asText().split(" ");
        Duration duration = Duration.parse("PT" + spec.path("duration").asText());
        List<String> days = List.of(cron[4].split(","));
        return Stream.iterate(wall.toLocalDate().minusDays(8), day -> day.plusDays(1))
                .limit(9)
                .filter(day -> days.contains(String.valueOf(day.getDayOfWeek().getValue() % 7)))
                .map(day -> day.atTime(Integer.parseInt(cron[1]), Integer.parseInt(cron[0])))
                .anyMatch(begin -> begin.isBefore(wall) && begin.plus(duration).isAfter(wall));
    }

    @Test
    void whatNoListCanSayIsLeftToTheGate() {
        Windows.Rule mixed = new Windows.Rule(
                List.of(Window.parse("Mon", ZoneId.of("Europe/Berlin")), Window.parse("Tue", ZoneId.of("Asia/Tokyo"))),
                List.of());
        assertThat(StreamSupport.stream(
                                specs(new Windows(List.of(mixed, mixed), true)).spliterator(), false)
                        .map(spec -> spec.path("kind").asText()))
                .containsExactly("allow", "allow");
    }
}

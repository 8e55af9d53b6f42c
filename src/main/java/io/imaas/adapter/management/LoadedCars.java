package io.imaas.adapter.management;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.imaas.adapter.management.Expectation.ExpectedCar;
import io.imaas.adapter.web.BoundedJson;
import io.imaas.model.rollout.ProbeResult;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What {@code GET /management/applications} says: {@code activeList} and {@code faultyList} with their counts, newer
 * versions with an {@code errorMessage} for a faulty CAR (wso2/product-integrator-mi, CarbonAppResource); versions of old
 * {@code count} and {@code list} of what is active, and no word of what is not (wso2/micro-integrator).
 *
 * @param faultyCount as the runtime counts, which may be more than it lists
 * @param tellsFaulty whether it would tell of a faulty CAR
 */
record LoadedCars(List<Car> active, List<Car> faulty, int faultyCount, boolean tellsFaulty) {
    private static final int SHOWN = 5;

    private static final int LONGEST = 200;

    /** @param error what the runtime says of it, or empty */
    record Car(String name, String version, String error) {
        boolean is(ExpectedCar expected) {
            return name.equals(expected.name()) && (expected.version().isEmpty() || version.equals(expected.version()));
        }

        @Override
        public String toString() {
            return version.isEmpty() ? name : name + " " + version;
        }
    }

    /** @throws Refusal when this is nothing that a Micro Integrator says */
    static LoadedCars parse(String body, String where) throws Refusal {
        JsonNode root;
        try {
            root = BoundedJson.mapper().readTree(body);
        } catch (JsonProcessingException e) {
            throw Refusal.notYet(where + " does not answer with JSON");
        }
        if (root.path("activeList").isArray() && root.path("faultyList").isArray()) {
            List<Car> faulty = cars(root.path("faultyList"));
            int counted = Math.max(root.path("faultyCount").asInt(), faulty.size());
            return new LoadedCars(cars(root.path("activeList")), faulty, counted, true);
        }
        if (root.path("list").isArray()) {
            return new LoadedCars(cars(root.path("list")), List.of(), 0, false);
        }
        String error = line(root.path("error"));
        throw Refusal.notYet(where + (error.isEmpty() ? " gives no list of applications" : " says: " + error));
    }

    private static List<Car> cars(JsonNode list) {
        List<Car> cars = new ArrayList<>();
        list.forEach(node -> cars.add(
                new Car(line(node.path("name")), line(node.path("version")), line(node.path("errorMessage")))));
        return cars;
    }

    /** Somebody else's text as a short line of ours: it goes into logs and into Git. */
    private static String line(JsonNode node) {
        String flat = node.asText("").replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        return flat.length() > LONGEST ? flat.substring(0, LONGEST) + "…" : flat;
    }

    ProbeResult compare(List<ExpectedCar> expected) {
        List<String> faults = new ArrayList<>();
        faulty.stream()
                .limit(SHOWN)
                .map(car -> "CAR " + car + " is faulty" + (car.error().isEmpty() ? "" : ": " + car.error()))
                .forEach(faults::add);
        int untold = faultyCount - Math.min(faulty.size(), SHOWN);
        if (untold > 0) {
            faults.add(untold + (faults.isEmpty() ? "" : " more") + " faulty CAR(s)");
        }
        expected.stream()
                .filter(car -> active.stream().noneMatch(loaded -> loaded.is(car)))
                .map(car -> "CAR " + car + " is not loaded; active: " + shown())
                .forEach(faults::add);
        return faults.isEmpty() ? new ProbeResult.Well(evidence(expected)) : new ProbeResult.Faulty(faults);
    }

    private String evidence(List<ExpectedCar> expected) {
        String named = expected.stream().map(ExpectedCar::toString).collect(Collectors.joining(", "));
        return "the Micro Integrator has loaded " + (named.isEmpty() ? active.size() + " CAR(s)" : "CAR " + named)
                + (tellsFaulty ? ", and none is faulty" : "; this version does not tell of faulty ones");
    }

    private String shown() {
        String names = active.stream().limit(SHOWN).map(Car::toString).collect(Collectors.joining(", "));
        return active.isEmpty() ? "none" : names + (active.size() > SHOWN ? ", …" : "");
    }
}

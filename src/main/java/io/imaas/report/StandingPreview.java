package io.imaas.report;

import io.imaas.model.request.PlanRequest.RemovePreviewsRequest;
import io.imaas.model.tenancy.ServiceName;
import java.time.Instant;
import java.util.List;

/**
 * A preview as it stands.
 *
 * @param delivered when it was delivered last; null when nothing but a remainder is there
 * @param until when its time is over; null with it
 * @param why in words, whatever its state
 */
public record StandingPreview(ServiceName name, Instant delivered, Instant until, State state, String why) {
    public enum State {
        STANDS,
        /** The next sweep removes it. */
        OVER,
        /** Nobody could say; it stays. */
        UNKNOWN
    }

    public boolean isOver() {
        return state == State.OVER;
    }

    /** What asks for all to go that are over. */
    public static RemovePreviewsRequest removal(List<StandingPreview> all) {
        return new RemovePreviewsRequest(all.stream()
                .filter(StandingPreview::isOver)
                .map(StandingPreview::name)
                .toList());
    }

    /** One line each, for people. */
    public static String text(List<StandingPreview> all) {
        StringBuilder text = new StringBuilder();
        for (StandingPreview one : all) {
            text.append(one.name)
                    .append(one.until == null ? "" : "  until " + one.until)
                    .append(one.isOver() ? "  is over: " : "  ")
                    .append(one.why)
                    .append('\n');
        }
        return all.isEmpty() ? "no previews\n" : text.toString();
    }
}

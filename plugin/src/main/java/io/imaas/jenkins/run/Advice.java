package io.imaas.jenkins.run;

import io.imaas.jenkins.job.JobOfHand;
import io.imaas.model.failure.Failure;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says where a person does in Jenkins what the engine advises as a command. */
public final class Advice {
    private static final String WORD = "[^-\\s)',;][^\\s)',;]*+";

    /** Commands with other options than these, such as {@code --chart}, have no place and stay as they are. */
    private static final Pattern COMMAND = Pattern.compile("(?m)'?\\bimaas (?:deliver --service (" + WORD + ")"
            + "|(promote|approve|rollback|resume|history|status|inbox|onboard)((?: " + WORD + ")*+)"
            + "(?: --(withdraw|confirm)(?:-override)?)?(?: --to (" + WORD + "))?"
            + "(?: --(?:tenant|as|actor|reason) " + WORD + ")*+)'?+(?=[),;]|$|\\s(?!-))");

    private Advice() {}

    public static String inJenkins(String advice) {
        return COMMAND.matcher(advice).replaceAll(found -> Matcher.quoteReplacement(said(found)));
    }

    /** The same failure with what to do in Jenkins. */
    public static Failure inJenkins(Failure failure) {
        return new Failure(
                failure.kind(),
                inJenkins(failure.what()),
                failure.where(),
                inJenkins(failure.suggestion()),
                failure.retryAfter());
    }

    private static String said(MatchResult found) {
        if (found.group(1) != null) {
            return "the job '" + found.group(1) + "' in the tenant's folder";
        }
        String of = found.group(3) + (found.group(5) == null ? "" : " " + found.group(5));
        return place(found.group(found.group(4) == null ? 2 : 4)) + (of.isEmpty() ? "" : ":" + of);
    }

    private static String place(String action) {
        return switch (action) {
            case "promote" -> "Promote… on the tenant's page";
            case "approve" -> "Approve or refuse… on the tenant's page";
            case "withdraw" -> "Approve or refuse… on the tenant's page, withdraw";
            case "confirm" -> "Confirm… on the tenant's page";
            case "rollback" -> "Roll back… on the tenant's page";
            case "history" -> "Audit on the tenant's page";
            case "status" -> "the tenant's page";
            case "inbox" -> "What waits for whom";
            case "onboard" -> "the platform's onboarding job";
            default -> "the job '" + JobOfHand.TITLE + "' in the tenant's folder, " + action;
        };
    }
}

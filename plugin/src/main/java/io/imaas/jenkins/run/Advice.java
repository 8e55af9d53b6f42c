package io.imaas.jenkins.run;

import io.imaas.jenkins.job.JobOfHand;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says by which button of the tenant's page a person does in Jenkins what the engine advises as a command. */
public final class Advice {
    /** Commands with other options than these, such as {@code --chart}, have no button and stay as they are. */
    private static final Pattern COMMAND =
            Pattern.compile("imaas (promote|approve|rollback|resume)((?: [^-\\s)][^\\s)]*)+)"
                    + "(?: --(withdraw|confirm)(?:-override)?)?(?: --(?:tenant|as|actor|reason) [^\\s)]+)*(?=\\)?$)");

    private Advice() {}

    public static String inJenkins(String advice) {
        return COMMAND.matcher(advice)
                .replaceFirst(found -> Matcher.quoteReplacement(
                        place(found.group(found.group(3) == null ? 1 : 3)) + ":" + found.group(2)));
    }

    private static String place(String action) {
        return switch (action) {
            case "promote" -> "Promote… on the tenant's page";
            case "approve" -> "Approve or refuse… on the tenant's page";
            case "withdraw" -> "Approve or refuse… on the tenant's page, withdraw";
            case "confirm" -> "Confirm… in the inbox";
            case "rollback" -> "Roll back… on the tenant's page";
            default -> "the job '" + JobOfHand.TITLE + "' in the tenant's folder, " + action;
        };
    }
}

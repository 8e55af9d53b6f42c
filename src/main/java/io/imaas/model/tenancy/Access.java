package io.imaas.model.tenancy;

import java.io.Serializable;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who may what on the whole platform, of the people whom an identity provider names. Names are teams ({@code @org/team})
 * or people ({@code @user}). Owners and approvers are named by the tenants' own files.
 *
 * @param admins may everything
 * @param releaseManagers may promote, release, review, roll back, resume and remove previews in every tenant
 * @param auditors see every tenant and may change nothing
 * @param teams by a group's name at the identity provider, the teams that its people are of
 */
public record Access(
        List<String> admins, List<String> releaseManagers, List<String> auditors, Map<String, List<String>> teams)
        implements Serializable {
    /** Nobody may anything on the whole platform. */
    public static final Access NONE = new Access(List.of(), List.of(), List.of(), Map.of());

    /** A group that is called as the team is: by Dex, by Keycloak, or by a provider that was configured so. */
    private static final Pattern TEAM =
            Pattern.compile("[@/]?([A-Za-z0-9][A-Za-z0-9_-]*)[:/]([A-Za-z0-9][A-Za-z0-9._-]*)");

    public Access {
        admins = List.copyOf(admins);
        releaseManagers = List.copyOf(releaseManagers);
        auditors = List.copyOf(auditors);
        teams = Map.copyOf(teams);
    }

    /** The teams that people of these groups are of: those that are listed, or the one that is called like the group. */
    public List<String> teamsOf(List<String> groups) {
        Set<String> found = new LinkedHashSet<>();
        for (String group : groups) {
            Matcher team = TEAM.matcher(group);
            if (teams.containsKey(group)) {
                found.addAll(teams.get(group));
            } else if (team.matches()) {
                found.add("@" + team.group(1) + "/" + team.group(2));
            }
        }
        return List.copyOf(found);
    }
}

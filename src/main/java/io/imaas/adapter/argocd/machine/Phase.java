package io.imaas.adapter.argocd.machine;

/** The states of a rollout; {@code docs/rollout.md} draws them. */
public enum Phase {
    /** Nothing is known of the application yet. */
    OPENING,
    /** Argo CD compares with an older commit. */
    UNSEEN,
    /** It is being found out how the commit that Argo CD sees stands to ours. */
    ORDERING,
    /** Somebody else's operation runs. */
    BLOCKED,
    /** Argo CD sees the commit and has not begun to apply it. */
    STARTING,
    /** The sync of the commit runs. */
    OPERATING,
    /** Applied, and being compared again. */
    COMPARING,
    /** In sync, not healthy yet. */
    CONVERGING,
    /** Everything says live; the cluster itself is asked. */
    CONFIRMING,
    /** The service itself is asked. */
    PROBING,
    /** It ended badly; the reasons are being collected. */
    EXPLAINING,
    /** There is an outcome. */
    ENDED;

    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}

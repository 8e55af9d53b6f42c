package io.imaas.adapter.git;

import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;

/**
 * Folders that were looked into lately, by their ids: reading a thousand files below one wide folder puts that folder
 * together once.
 */
final class TreeListings {
    /** Of all listings together; about ten megabytes. */
    private static final int MOST_ENTRIES = 60_000;

    private final Map<ObjectId, Map<String, TreeEditor.Entry>> byTree = new LinkedHashMap<>(16, 0.75f, true);
    private int entries;

    /** A folder's entries by their names, each char of which stands for one byte. */
    synchronized Map<String, TreeEditor.Entry> of(ObjectReader reader, ObjectId tree) throws IOException {
        Map<String, TreeEditor.Entry> known = byTree.get(tree);
        if (known != null) {
            return known;
        }
        Map<String, TreeEditor.Entry> listing = new HashMap<>();
        for (CanonicalTreeParser at = new CanonicalTreeParser(null, reader, tree); !at.eof(); at = at.next()) {
            TreeEditor.Entry entry = TreeEditor.Entry.at(at);
            listing.put(entry.name(), entry);
        }
        byTree.put(tree.copy(), listing);
        entries += listing.size();
        var eldest = byTree.entrySet().iterator();
        while (entries > MOST_ENTRIES && byTree.size() > 1) {
            entries -= eldest.next().getValue().size();
            eldest.remove();
        }
        return listing;
    }
}

package io.imaas.cli.init;

import io.imaas.report.Resource;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The files of {@code /init}, with the places for names filled. */
public final class Templates {
    private Templates() {}

    /**
     * @param values {@code NAME} to what stands for {@code __NAME__}, in paths and texts
     * @return path to text, in the order of the index
     */
    static Map<String, String> of(Kind kind, Map<String, String> values) {
        return of(kind.name().toLowerCase(Locale.ROOT), values);
    }

    /** The same of a folder that is none of {@code imaas init}. */
    public static Map<String, String> of(String folder, Map<String, String> values) {
        Map<String, String> files = new LinkedHashMap<>();
        Resource.text("/init/index.txt")
                .lines()
                .filter(line -> line.startsWith(folder + " "))
                .map(line -> line.substring(folder.length() + 1))
                .forEach(path -> files.put(fill(path, values), fill(template(folder, path), values)));
        return files;
    }

    /** Maven leaves .gitignore out of what it packs, so it is kept without its dot. */
    private static String template(String folder, String path) {
        return Resource.text("/init/" + folder + "/" + (path.startsWith(".") ? path.substring(1) : path));
    }

    private static String fill(String text, Map<String, String> values) {
        String filled = text;
        for (Map.Entry<String, String> value : values.entrySet()) {
            filled = filled.replace("__" + value.getKey() + "__", value.getValue());
        }
        return filled;
    }
}

package io.imaas.adapter.apim;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.imaas.adapter.web.BoundedJson;
import io.imaas.model.image.Digest;
import io.imaas.model.source.ApiDescription;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The two files of one API, as the catalog takes them. The same API gives the same bytes, so its sum tells whether it is
 * listed already.
 *
 * @param metadata JSON, which is YAML, too
 */
@SuppressWarnings("ArrayRecordComponent") // its bytes are what the sum is of; never compared
record CatalogFiles(String key, String name, byte[] metadata, byte[] definition) {
    /** What the catalog's database has room for. */
    private static final int LONGEST_KEY = 100;

    private static final int LONGEST_DESCRIPTION = 1024;

    /** @param owner what the name in the catalog begins with */
    static CatalogFiles of(String owner, ApiDescription api) {
        String name = owner + api.name();
        String key = name + "-" + api.version();
        if (key.length() > LONGEST_KEY) {
            String sum = Digest.of(key.getBytes(StandardCharsets.UTF_8)).hex().substring(0, 32);
            key = key.substring(0, LONGEST_KEY - sum.length() - 1) + "-" + sum;
        }
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("key", key);
        metadata.put("name", name);
        metadata.put("displayName", api.name());
        metadata.put(
                "description",
                api.description().substring(0, Math.min(api.description().length(), LONGEST_DESCRIPTION)));
        metadata.put("version", api.version());
        metadata.put("serviceUrl", api.url());
        metadata.put("definitionType", api.type());
        metadata.put("securityType", api.security());
        metadata.put("mutualSSLEnabled", api.mutualTls());
        try {
            return new CatalogFiles(
                    key,
                    name,
                    BoundedJson.mapper().writeValueAsBytes(metadata),
                    api.definition().getBytes(StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("texts are JSON", e);
        }
    }

    /** As the catalog has it: of the files in the order of their names. */
    String md5() {
        return md5(definition) + md5(metadata);
    }

    private static String md5(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has it", e);
        }
    }

    static byte[] zip(List<CatalogFiles> all) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes, StandardCharsets.UTF_8)) {
            for (int i = 0; i < all.size(); i++) {
                String folder = "api-" + (i + 1) + "/";
                put(zip, folder, new byte[0]);
                put(zip, folder + "metadata.yaml", all.get(i).metadata());
                put(zip, folder + "definition.yaml", all.get(i).definition());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a zip in memory", e);
        }
        return bytes.toByteArray();
    }

    private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content);
        zip.closeEntry();
    }
}

package io.imaas.adapter.argocd.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;

/** @param upsert null for an update, which takes none */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ProjectRequest(JsonNode project, Boolean upsert) {}

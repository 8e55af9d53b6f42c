package io.imaas.adapter.argocd.api;

/** @param manifest the live object as JSON text */
public record LiveResource(String manifest) {}

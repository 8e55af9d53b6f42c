/** Harbor's projects as tenants' spaces, by its API 2.0 ({@code api/v2.0/swagger.yaml} of goharbor/harbor). */
package io.imaas.adapter.harbor;

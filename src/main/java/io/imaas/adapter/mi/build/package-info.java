/** Packs a CAR from the sources, without Maven; formats and oddities are those of WSO2's {@code vscode-car-plugin}. */
package io.imaas.adapter.mi.build;

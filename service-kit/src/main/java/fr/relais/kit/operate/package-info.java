/** What operators see and do in every service: views, their rebuild, and records that were set aside. */
@NullMarked
package fr.relais.kit.operate;

import org.jspecify.annotations.NullMarked;

// The language that the operator gives this page, by the narrowest place at which it lies.

site.given = site.pages.find(([place]) => place === location.hostname || (location.pathname + "/").startsWith(place))?.[1];

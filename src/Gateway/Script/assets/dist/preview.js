(()=>{var{Pe:e,Ae:o,Ie:t,o:a,P:n}=g,d=()=>o()?n.$&&a():requestAnimationFrame(d);t("preview",o=>{o&&self!==top&&e(),o&&location.hash==="#dialog"&&document.addEventListener("DOMContentLoaded",d)})})();

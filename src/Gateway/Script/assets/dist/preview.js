(()=>{var{Le:e,Ae:o,We:t,P:a}=g,n=()=>o()?a.k&&g.o():requestAnimationFrame(n);t("preview",o=>{o&&self!==top&&e(),o&&location.hash==="#dialog"&&document.addEventListener("DOMContentLoaded",n)})})();

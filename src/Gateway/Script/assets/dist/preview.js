(()=>{var{_e:e,Pe:o,Le:t,o:a,_:n}=g,d=()=>o()?n.W&&a():requestAnimationFrame(d);t("preview",o=>{o&&self!==top&&e(),o&&location.hash==="#dialog"&&document.addEventListener("DOMContentLoaded",d)})})();

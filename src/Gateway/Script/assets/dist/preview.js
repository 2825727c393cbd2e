(()=>{var{Ce:e,Le:t,Oe:a,E:n}=g,o=()=>t()?n.I&&g.t():requestAnimationFrame(o);a("preview",t=>{t&&self!==top&&e(),t&&location.hash==="#dialog"&&document.addEventListener("DOMContentLoaded",o)})})();

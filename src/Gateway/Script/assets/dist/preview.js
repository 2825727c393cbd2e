(()=>{var{ke:e,Pe:t,Le:a,t:n,k:o}=g,d=()=>t()?o.W&&n():requestAnimationFrame(d);a("preview",t=>{t&&self!==top&&e(),t&&location.hash==="#dialog"&&document.addEventListener("DOMContentLoaded",d)})})();

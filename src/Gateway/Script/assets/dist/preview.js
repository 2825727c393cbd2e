(()=>{var{_e:e,Pe:t,Oe:a,t:n,_:o}=g,d=()=>t()?o.W&&n():requestAnimationFrame(d);a("preview",t=>{t&&self!==top&&e(),t&&"#dialog"===location.hash&&document.addEventListener("DOMContentLoaded",d)})})();

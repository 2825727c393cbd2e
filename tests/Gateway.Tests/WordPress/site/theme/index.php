<!doctype html>
<html <?php language_attributes(); ?>>
<head>
<meta charset="<?php bloginfo('charset'); ?>">
<?php wp_head(); ?>
</head>
<body <?php body_class(); ?>>
<?php wp_body_open(); ?>
<?php while (have_posts()) : the_post(); ?>
<article>
<h1><?php the_title(); ?></h1>
<?php the_content(); ?>
</article>
<?php endwhile; ?>
<iframe src="<?php echo esc_url(getenv('SITE_VIDEO')); ?>" width="560" height="315" allowfullscreen></iframe>
<?php wp_footer(); ?>
</body>
</html>
